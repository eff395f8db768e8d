package io.llmnet.cache.meaning;

/** What a question means. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Question(float[] direction, Particulars particulars) {}
