package io.llmnet.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The words of a command. */
public final class Words {
    private Words() {}

    /** Parameters as most programs take them: {@code --max-model-len 4096 --enforce-eager}; switches that are off are not. */
    public static List<String> flags(List<Runner.Parameter> parameters) {
        List<String> words = new ArrayList<>();
        for (Runner.Parameter parameter : parameters) {
            if (!parameter.isOff()) {
                words.add("--" + parameter.key().replace('_', '-'));
                words.addAll(parameter.isSwitch() ? List.of() : parameter.values());
            }
        }
        return words;
    }

    /** The words as a line for a shell, in which {@code $NAME} and a {@code ~} in front still mean what they do there. */
    public static String quoted(List<String> words) {
        return words.stream().map(Words::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        if (word.matches("[A-Za-z0-9_./:=@%+,~${}-]+")) {
            return word;
        }
        return word.contains("$")
                ? '"' + word.replaceAll("[\"\\\\`]", "\\\\$0") + '"'
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
