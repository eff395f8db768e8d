package io.llmnet.ensemble.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.ensemble.Proposal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What {@link Recording} recorded: per line a question's id, the right answer, and of each voter its words and microseconds. */
final class Recorded {
    static final List<String> VOTERS = List.of("chat", "shots", "warm", "quiz", "exam");

    /** What the voters said to a question. */
    record Question(String id, String right, List<Proposal> answers) {
        /** Right is who says the right word and no other; case, a point and an article are of no matter. */
        boolean isRight(int voter) {
            return voter >= 0 && plain(answers.get(voter).text()).equals(plain(right));
        }

        private static String plain(String text) {
            return text.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} -]", "")
                    .strip()
                    .replaceFirst("^(a|an|the) ", "");
        }
    }

    private Recorded() {}

    static List<Question> questions() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Recorded.class.getResourceAsStream("/ensemble/recorded.csv")), UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Recorded::question)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Question question(String line) {
        String[] cells = line.split(" \\| ?", -1);
        List<Proposal> answers = new ArrayList<>();
        for (int voter = 0; voter < VOTERS.size(); voter++) {
            long nanos = Long.parseLong(cells[3 + 2 * voter].strip()) * 1000;
            answers.add(new Proposal(voter, cells[2 + 2 * voter], null, List.of(), new float[0], null, nanos));
        }
        return new Question(cells[0], cells[1], answers);
    }
}
