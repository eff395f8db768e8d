package io.llmnet.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one file, so that all of it is said at once. For one thread. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    /** Notes what refuses the file. */
    public void error(Place place, String path, String message) {
        refused.add(path);
        found.add(new Problem(Problem.Severity.ERROR, place, path, message));
    }

    /** Notes what its author should know, and the file works all the same. */
    public void warning(Place place, String path, String message) {
        found.add(new Problem(Problem.Severity.WARNING, place, path, message));
    }

    /**
     * Notes what is wrong inside an expression, and shows where.
     *
     * @param written the expression
     * @param at how many characters of it stand before the mistake
     */
    public void inside(Problem.Severity severity, Value.Text written, int at, String path, String message) {
        if (severity == Problem.Severity.ERROR) {
            refused.add(path);
        }
        found.add(new Problem(severity, written.placeAt(at), path, message, Excerpt.of(written.text(), at)));
    }

    /** Whether an error stands at exactly this path. */
    boolean refuse(String path) {
        return found.stream()
                .anyMatch(problem -> problem.isError() && problem.path().equals(path));
    }

    public boolean hasErrors() {
        return !refused.isEmpty();
    }

    /** All of them, from the top of the file to its end. */
    public List<Problem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(
                                (Problem problem) -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()))
                .toList();
    }
}
