package io.llmnet.pipeline.file;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Document;
import io.llmnet.config.Problems;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.pipeline.Graph;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads pipeline files: compositions in JSON, JSON with comments, and YAML, and manifests around them. */
public final class Compositions {
    private Compositions() {}

    /**
     * Understands one file. Whatever the text, no exception comes of it.
     *
     * @param file its name as the user gave it; its stem is the pipeline's name
     * @param text what it holds
     * @param environment finds what {@code $NAME} stands for, null when it is not set
     */
    public static Reading read(String file, String text, UnaryOperator<@Nullable String> environment) {
        return read(file, text, environment, Secrets.NONE);
    }

    /**
     * Understands one file that may refer to secrets.
     *
     * @param secrets looks up what {@code $secrets.NAME.VARIABLE} stands for
     */
    public static Reading read(String file, String text, UnaryOperator<@Nullable String> environment, Secrets secrets) {
        return read(file, text, environment, secrets, Timeouts.DEFAULT);
    }

    /**
     * Understands one file that may refer to secrets.
     *
     * @param secrets looks up what {@code $secrets.NAME.VARIABLE} stands for
     * @param usual how patient to be with a model's server where the file does not say
     */
    public static Reading read(
            String file, String text, UnaryOperator<@Nullable String> environment, Secrets secrets, Timeouts usual) {
        Problems problems = new Problems();
        SecretSources sources = new SecretSources(file, secrets, problems);
        Graph graph = Document.read(file, text, problems)
                .map(document -> understood(file, document, problems, environment, sources, usual))
                .orElse(null);
        sources.close();
        return new Reading(
                problems.hasErrors() ? Optional.empty() : Optional.ofNullable(graph),
                problems.inOrder(),
                sources.used());
    }

    private static @Nullable Graph understood(
            String file,
            Value document,
            Problems problems,
            UnaryOperator<@Nullable String> environment,
            SecretSources sources,
            Timeouts usual) {
        Section top = Section.top(document, problems, environment);
        if (top == null) {
            return null;
        }
        if (Manifest.isOne(top)) {
            return Manifest.read(top.as(Vocabulary.MANIFEST), stem(file), sources, usual);
        }
        Section composition = top.as(Vocabulary.COMPOSITION);
        Graph graph = Composition.read(composition, stem(file), null, sources, usual);
        composition.close();
        return graph;
    }

    /** The file's name without folders and extension. */
    static String stem(String file) {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return stem.isBlank() ? "pipeline" : stem;
    }
}
