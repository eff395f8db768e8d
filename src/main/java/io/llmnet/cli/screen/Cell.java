package io.llmnet.cli.screen;

/** One word or more in a table. */
public record Cell(String text, Colour colour) {
    public Cell {
        text = Screen.clean(text);
    }

    public static Cell of(String text) {
        return new Cell(text, Colour.NONE);
    }
}
