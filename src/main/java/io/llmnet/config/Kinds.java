package io.llmnet.config;

/** The kinds of values by the names that people know. */
enum Kinds implements Value.Cases<String> {
    NAMES;

    @Override
    public String text(Value.Text text) {
        return "text";
    }

    @Override
    public String numeral(Value.Numeral numeral) {
        return "a number";
    }

    @Override
    public String truth(Value.Truth truth) {
        return truth.holds() ? "true" : "false";
    }

    @Override
    public String nothing(Value.Nothing nothing) {
        return "null";
    }

    @Override
    public String sequence(Value.Sequence sequence) {
        return "a list";
    }

    @Override
    public String mapping(Value.Mapping mapping) {
        return "a map";
    }
}
