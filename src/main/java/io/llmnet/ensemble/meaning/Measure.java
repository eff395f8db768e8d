package io.llmnet.ensemble.meaning;

/** How it is told how alike two answers are that are not equal. */
public enum Measure {
    /** Not at all. */
    EXACT,
    /** By their words, which must be the same but for filling ones and ways of spelling. */
    WORDS,
    /** By the cosine of their vectors; by their words where one has none. */
    VECTORS
}
