package io.llmnet.pipeline;

import io.llmnet.config.Place;
import io.llmnet.config.Problem;
import io.llmnet.config.Problems;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A condition with what was said of it while it was compiled. */
record Compiled(@Nullable Condition condition, List<Problem> problems) {
    /** The variable that may be used beside the known ones. */
    static final String CUSTOM = "Team";

    static Compiled of(String text) {
        Place place = new Place("p", 1, 1);
        Problems problems = new Problems();
        Section section =
                Objects.requireNonNull(Section.top(new Value.Mapping(place, List.of()), problems, name -> null));
        Condition condition =
                Conditions.compile(new Value.Text(place, text, Value.Quotes.NONE), section, Set.of(CUSTOM), false);
        return new Compiled(condition, problems.inOrder());
    }

    /** The condition, of which nothing refuses the file. */
    Condition right() {
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new AssertionError(problems);
        }
        return Objects.requireNonNull(condition);
    }
}
