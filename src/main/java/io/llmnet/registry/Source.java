package io.llmnet.registry;

/** Who has told of a backend. */
public enum Source {
    /** A settings file. */
    FILE("static"),
    /** A sweep of this machine's ports. */
    MACHINE("machine"),
    /** An announcement in the local network. */
    MDNS("mdns"),
    /** The swarm of inference nodes. */
    SWARM("swarm"),
    /** Somebody, by command. */
    MANUAL("manual");

    private final String word;

    Source(String word) {
        this.word = word;
    }

    /** As pages write it. */
    public String word() {
        return word;
    }
}
