package io.llmnet.runner;

/** Whether a model can be asked. Anybody may look, and one thread changes it. */
final class Standing {
    /** In the order in which it gets better. */
    enum State {
        GIVEN_UP,
        STARTING,
        READY
    }

    private State state = State.STARTING;

    synchronized State state() {
        return state;
    }

    synchronized void become(State next) {
        state = next;
        notifyAll();
    }

    /** Waits while it is starting; says whether it is ready then. */
    synchronized boolean awaitReady() throws InterruptedException {
        while (state == State.STARTING) {
            wait();
        }
        return state == State.READY;
    }
}
