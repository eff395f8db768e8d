package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.council.CouncilReader;
import io.llmnet.ensemble.Council;
import io.llmnet.settings.PoolSettings.Task;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the tasks of llmnet.yaml. */
final class TaskReader {
    /** The names that stand for all tasks that are not listed. */
    private static final Set<String> OTHERS = Set.of("default", "*");

    private static final Pattern TEMPLATE = Pattern.compile("[\\w-]{1,100}");

    private TaskReader() {}

    /**
     * Those of a file.
     *
     * @param others who does what is not listed; null for nobody
     */
    record Tasks(Map<String, Task> named, @Nullable Task others) {}

    /** All of them; an ensemble that was refused refuses what names it, and no more is said of that. */
    static Tasks read(@Nullable Section section, Map<String, Council> ensembles, Set<String> refused) {
        Map<String, Task> named = new LinkedHashMap<>();
        Task others = null;
        if (section == null) {
            return new Tasks(named, null);
        }
        if (section.keys().containsAll(OTHERS)) {
            section.error("*", "means the same as \"default\", which is there, too; keep one of the two");
        }
        for (Map.Entry<String, Section> each : section.sections().entrySet()) {
            String name = each.getKey();
            Task task = task(OTHERS.contains(name) ? "default" : name, each.getValue(), ensembles, refused);
            if (OTHERS.contains(name)) {
                others = task;
            } else if (task != null) {
                named.put(name, task);
            }
        }
        return new Tasks(named, others);
    }

    private static @Nullable Task task(
            String name, Section section, Map<String, Council> ensembles, Set<String> refused) {
        String ensemble = section.text("ensemble");
        Council base = ensemble == null ? null : ensembles.get(ensemble);
        boolean isThere = ensemble == null || base != null;
        if (ensemble != null && base == null && !refused.contains(ensemble)) {
            section.error(
                    "ensemble",
                    "there is no ensemble \"" + Words.shown(ensemble) + "\"; "
                            + Spelling.advice(ensemble, ensembles.keySet()));
        }
        if (ensemble != null && section.has("models")) {
            section.error("models", "are named beside an \"ensemble\", which has its own; keep one of the two");
        }
        Council council = isThere ? CouncilReader.ofTask(section).read(name, base) : null;
        boolean keeps = or(section.truth("cache"), true);
        Duration ttl = section.duration("ttl");
        if (!keeps && ttl != null) {
            section.warning("ttl", "has no effect where \"cache\" is false; take it out");
        }
        Boolean strategies = section.truth("strategies");
        String template = template(section);
        Double semantic = section.decimal("semantic", 0, 1);
        Double temperature = section.decimal("temperature", 0, PoolVocabulary.MOST_TEMPERATURE);
        if (isThere) {
            section.close();
        }
        return council == null
                ? null
                : new Task(council, or(strategies, true), keeps ? ttl : Duration.ZERO, template, semantic, temperature);
    }

    private static @Nullable String template(Section section) {
        String template = section.text("template");
        if (template != null && !TEMPLATE.matcher(template).matches()) {
            section.error("template", "must be the name of a template, such as judge, without folder and ending");
            return null;
        }
        return template;
    }
}
