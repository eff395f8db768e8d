package io.llmnet.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes templates. */
public final class Templates {
    /** {@code $INPUT_LENGTH} must not be taken for another variable that begins alike. */
    private static final List<String> LONGEST_FIRST = Situation.NAMES.stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();

    private Templates() {}

    /** The text, compiled: its pieces, where those at odd places are the names of variables. */
    public static Template compile(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        int at = text.indexOf('$');
        while (at >= 0) {
            boolean braced = text.startsWith("{", at + 1);
            String name = nameAt(text, at + (braced ? 2 : 1), braced);
            int end = at + 1;
            if (name != null) {
                pieces.add(text.substring(start, at));
                pieces.add(name);
                end += name.length() + (braced ? 2 : 0);
                start = end;
            }
            at = text.indexOf('$', end);
        }
        pieces.add(text.substring(start));
        return new Pieces(pieces);
    }

    private static @Nullable String nameAt(String text, int at, boolean braced) {
        for (String name : LONGEST_FIRST) {
            if (text.startsWith(name, at) && (!braced || text.startsWith("}", at + name.length()))) {
                return name;
            }
        }
        return null;
    }

    private record Pieces(List<String> pieces) implements Template {
        private Pieces {
            pieces = List.copyOf(pieces);
        }

        @Override
        public String fill(Variables variables) {
            if (isPlain()) {
                return pieces.get(0);
            }
            StringBuilder filled = new StringBuilder(pieces.get(0));
            for (int at = 1; at < pieces.size(); at += 2) {
                String value = variables.valueOf(pieces.get(at));
                filled.append(value == null ? "" : value).append(pieces.get(at + 1));
            }
            return filled.toString();
        }

        @Override
        public boolean isPlain() {
            return pieces.size() == 1;
        }
    }
}
