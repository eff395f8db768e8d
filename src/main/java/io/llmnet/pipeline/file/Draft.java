package io.llmnet.pipeline.file;

import io.llmnet.config.Place;
import io.llmnet.config.Section;
import io.llmnet.ensemble.Council;
import io.llmnet.pipeline.Alert;
import io.llmnet.pipeline.Condition;
import io.llmnet.pipeline.Hooks;
import io.llmnet.pipeline.Listen;
import io.llmnet.pipeline.Node;
import io.llmnet.pipeline.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node as it stands in the file, before what it names is looked for.
 *
 * @param section where it stands, for problems
 * @param layer null when the file does not say
 * @param council null where one model answers, and where the ensemble is wrong
 * @param targets null when the file does not say
 */
record Draft(
        Section section,
        String name,
        @Nullable Integer layer,
        Node.Role role,
        @Nullable String model,
        @Nullable Council council,
        @Nullable String modelOverride,
        @Nullable List<Target> targets,
        boolean fanOut,
        @Nullable Condition condition,
        @Nullable String useCase,
        List<String> examples,
        @Nullable Template context,
        Node.ChooseBy chooseBy,
        @Nullable String embeddingModel,
        @Nullable String defaultTarget,
        Hooks hooks,
        Listen listen,
        @Nullable Alert alert) {

    /**
     * Where a node leads, as written.
     *
     * @param isNumber whether it is written as a number, and so is a layer for sure
     */
    record Target(Place place, String path, String word, boolean isNumber) {}

    boolean isModel() {
        return role == Node.Role.MODEL;
    }

    /** Whether the file says of this node that several models answer together, be that right or wrong. */
    boolean hasEnsemble() {
        return section.has("ensemble");
    }

    boolean isAlert() {
        return role == Node.Role.ALERT;
    }

    /** Whether the file says of this node where it leads. */
    boolean leads() {
        return targets != null && !targets.isEmpty();
    }

    boolean isInLayer(int wanted) {
        return layer != null && layer == wanted;
    }
}
