package io.llmnet.pool.template;

import io.llmnet.pool.Contract;
import io.llmnet.pool.Contracts;
import io.llmnet.protocol.json.Schema;
import io.llmnet.settings.PoolSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The templates of tasks. A task has the one of its own name, unless its settings name another, or {@value #NONE}.
 *
 * <p>In the user's folder, {@code NAME.md} replaces our text, and {@code NAME.input.json} and {@code NAME.output.json} our
 * schemas; {@code NAME} is the task's, before the template's. A text without a schema for its input is for every prompt.
 */
public final class Templates implements Contracts {
    /** Names no template. */
    public static final String NONE = "none";

    private static final Logger LOGGER = LoggerFactory.getLogger(Templates.class);
    private static final Map<String, String> OTHERWISE_NAMED = Map.of("rerank_candidates", "rerank");
    private static final Set<String> COOL = Set.of("judge", "rerank");
    private static final double COOL_TEMPERATURE = 0.2;
    private static final double USUAL_TEMPERATURE = 0.3;

    private final Prompts ours = Prompts.ours();
    private final @Nullable OwnPrompts files;
    private final Set<String> missed = ConcurrentHashMap.newKeySet();
    private volatile Prompts own = Prompts.NONE;

    /**
     * Reads all templates, which takes some hundred milliseconds; blocks.
     *
     * @param folder of the user's own; null for none. It need not be there yet
     */
    public Templates(@Nullable Path folder) {
        files = folder == null ? null : new OwnPrompts(folder);
        look();
    }

    /** Looks whether the user's own have changed; blocks. From one thread at a time. */
    public void look() {
        if (files != null) {
            own = files.look();
        }
    }

    @Override
    public Optional<Contract> of(PoolSettings.Task task, String prompt) {
        String name = task.council().name();
        String named = task.template();
        if (NONE.equalsIgnoreCase(named)) {
            return Optional.empty();
        }
        String wanted = template(named == null ? name : named);
        Template template = template(own, name, wanted);
        if (template == null) {
            if (named != null && missed.add(named)) {
                LOGGER.warn("no such template, its task does without: task={} template={}", name, named);
            }
            return Optional.empty();
        }
        double usual = COOL.contains(wanted) ? COOL_TEMPERATURE : USUAL_TEMPERATURE;
        return template.contract(prompt, task.temperature() == null ? usual : null);
    }

    private static String template(String name) {
        return OTHERWISE_NAMED.getOrDefault(name, name);
    }

    private @Nullable Template template(Prompts theirs, String task, String name) {
        String text = first(theirs.texts(), task, name, ours.texts());
        if (text == null) {
            return null;
        }
        Schema input = first(theirs.inputs(), task, name, ours.inputs());
        Schema output = first(theirs.outputs(), task, name, ours.outputs());
        boolean isOurs =
                !theirs.outputs().containsKey(task) && !theirs.outputs().containsKey(name);
        return new Template(text, input, output, isOurs ? Check.OURS.getOrDefault(name, Check.NONE) : Check.NONE);
    }

    private static <T> @Nullable T first(Map<String, T> theirs, String task, String name, Map<String, T> ours) {
        T found = theirs.containsKey(task) ? theirs.get(task) : theirs.get(name);
        return found != null ? found : ours.get(name);
    }
}
