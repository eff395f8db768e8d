package io.llmnet.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of a grammar in the making: their names, and which references lead to which. */
final class GrammarRules {
    private static final int LONGEST = 1 << 17;
    /** What every grammar of JSON may use. */
    static final String COMMON = """
            ws ::= | " " | "\\n" [ \\t]{0,20}
            char ::= [^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})
            string ::= "\\"" char* "\\""
            integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
            number ::= integer ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?
            boolean ::= "true" | "false"
            null ::= "null"
            array ::= "[" ws (value ("," ws value)* ws)? "]"
            pair ::= string ":" ws value
            object ::= "{" ws (pair ("," ws pair)* ws)? "}"
            value ::= object | array | string | number | boolean | null
            """;

    private final Map<String, String> rules = new LinkedHashMap<>();
    private final Map<String, String> references = new HashMap<>();
    private final Map<String, Set<String>> leads = new HashMap<>();
    private int length;

    /** A new rule; returns its name. */
    String add(String expression) {
        String name = "r" + rules.size();
        put(name, expression);
        return name;
    }

    void put(String name, String expression) {
        length += expression.length();
        rules.put(name, expression);
    }

    boolean isTooLong() {
        return length > LONGEST;
    }

    /** The rule of a reference, once it was begun. */
    @Nullable
    String known(String target) {
        return references.get(target);
    }

    /** The name for the rule of a reference, which may be used before the rule is put. */
    String begin(String target) {
        String name = "ref" + references.size();
        references.put(target, name);
        return name;
    }

    /** Notes that a reference stands at the very beginning of another one's rule. */
    void leads(String from, String to) {
        leads.computeIfAbsent(from, any -> new HashSet<>()).add(to);
    }

    /** A reference that comes back to itself before a character was read: no grammar may do that. */
    Optional<String> loop() {
        return leads.keySet().stream().filter(this::returns).findFirst();
    }

    private boolean returns(String start) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(leads.getOrDefault(start, Set.of()));
        while (!next.isEmpty()) {
            String target = next.pop();
            if (reached.add(target)) {
                next.addAll(leads.getOrDefault(target, Set.of()));
            }
        }
        return reached.contains(start);
    }

    /** The grammar, begun with this expression. */
    String text(String root) {
        StringBuilder text = new StringBuilder("root ::= ").append(root).append('\n');
        rules.forEach(
                (name, rule) -> text.append(name).append(" ::= ").append(rule).append('\n'));
        return text.append(COMMON).toString();
    }
}
