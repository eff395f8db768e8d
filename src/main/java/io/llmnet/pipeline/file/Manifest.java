package io.llmnet.pipeline.file;

import io.llmnet.config.Section;
import io.llmnet.pipeline.Graph;
import org.jspecify.annotations.Nullable;

/** A composition wrapped as a cluster's resource: {@code kind: Pipeline}. */
final class Manifest {
    private static final int MOST_REPLICAS = 10_000;

    private Manifest() {}

    /** Whether it is a manifest, right or wrong, and no bare composition. */
    static boolean isOne(Section top) {
        return top.has("kind") || top.has("spec") || top.has("apiVersion");
    }

    static @Nullable Graph read(Section top, String stem, SecretSources secrets) {
        String kind = top.required("kind");
        if (kind != null && !kind.equals("Pipeline")) {
            top.error("kind", "only a Pipeline can be read here; write kind: Pipeline");
        }
        String version = top.required("apiVersion");
        if (version != null && !version.equals("llmnet/v1")) {
            top.warning("apiVersion", "is unknown; write llmnet/v1");
        }
        top.allow("status");
        String name = name(top);
        Graph graph = spec(top, name == null ? stem : name, secrets);
        top.close();
        return graph;
    }

    private static @Nullable String name(Section top) {
        Section metadata = required(top, "metadata", "name the pipeline under it");
        if (metadata == null) {
            return null;
        }
        String name = metadata.required("name");
        metadata.allow("namespace", "uid", "labels", "annotations", "creationTimestamp");
        metadata.close();
        return name;
    }

    private static @Nullable Graph spec(Section top, String name, SecretSources secrets) {
        Section spec = required(top, "spec", "put the composition under it");
        if (spec == null) {
            return null;
        }
        Integer port = spec.integer("port", 1, 65_535);
        spec.integer("replicas", 0, MOST_REPLICAS);
        spec.allow("health", "strategy", "nodeSelector", "resources", "autoscaling");
        Section composition = required(spec, "composition", "put models and architecture under it");
        Graph graph = null;
        if (composition != null) {
            graph = Composition.read(composition, name, port, secrets);
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
