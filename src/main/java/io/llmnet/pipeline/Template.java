package io.llmnet.pipeline;

/** A text with variables in it, compiled. */
public interface Template {
    /** The text with every variable replaced that is known; what is not a variable stays as it is. */
    String fill(Variables variables);

    /** Whether there are no variables in it, so that filling it gives the same text always. */
    boolean isPlain();
}
