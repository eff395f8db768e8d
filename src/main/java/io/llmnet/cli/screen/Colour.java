package io.llmnet.cli.screen;

/** How a word looks on a terminal. */
public enum Colour {
    NONE(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /** What a backend's or a server's status looks like. */
    public static Colour ofStatus(String status) {
        return switch (status) {
            case "healthy" -> GREEN;
            case "unhealthy" -> RED;
            default -> YELLOW;
        };
    }

    String code() {
        return code;
    }
}
