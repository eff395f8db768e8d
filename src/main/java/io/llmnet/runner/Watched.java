package io.llmnet.runner;

/** Something that is brought about in the background, and kept up until it is stopped. */
interface Watched {
    Standing standing();

    /** Begins; called once. */
    void start();

    /** Tells it to stop, and does not wait. */
    void tellToStop();

    /** Waits until nothing of it is left. */
    void awaitStopped();
}
