package io.llmnet.pipeline.file;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Section;
import io.llmnet.pipeline.Graph;
import org.jspecify.annotations.Nullable;

/** A composition wrapped as a cluster's resource: {@code kind: Pipeline}. */
final class Manifest {
    private Manifest() {}

    /** Whether it is a manifest, right or wrong, and no bare composition. */
    static boolean isOne(Section top) {
        return Vocabulary.MANIFEST_MARKS.stream().anyMatch(top::has);
    }

    static @Nullable Graph read(Section top, String stem, SecretSources secrets, Timeouts usual) {
        String kind = top.required("kind");
        if (kind != null && !kind.equals("Pipeline")) {
            top.error("kind", "only a Pipeline can be read here; write kind: Pipeline");
        }
        String version = top.required("apiVersion");
        if (version != null && !version.equals("llmnet/v1")) {
            top.warning("apiVersion", "is unknown; write llmnet/v1");
        }
        String name = name(top);
        Graph graph = spec(top, name == null ? stem : name, secrets, usual);
        top.close();
        return graph;
    }

    private static @Nullable String name(Section top) {
        Section metadata = required(top, "metadata", "name the pipeline under it");
        if (metadata == null) {
            return null;
        }
        String name = metadata.required("name");
        metadata.close();
        return name;
    }

    private static @Nullable Graph spec(Section top, String name, SecretSources secrets, Timeouts usual) {
        Section spec = required(top, "spec", "put the composition under it");
        if (spec == null) {
            return null;
        }
        Integer port = spec.integer("port", 1, 65_535);
        spec.integer("replicas", 0, Vocabulary.MOST_REPLICAS);
        Section composition = required(spec, "composition", "put models and architecture under it");
        Graph graph = null;
        if (composition != null) {
            graph = Composition.read(composition, name, port, secrets, usual);
            composition.close();
        }
        spec.close();
        return graph;
    }

    private static @Nullable Section required(Section section, String key, String mend) {
        if (!section.has(key)) {
            section.problems().error(section.place(), section.path(), "the key \"" + key + "\" is missing; " + mend);
        }
        return section.section(key);
    }
}
