package io.llmnet.embedding;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.spi.model.embedding.EmbeddingModelFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A folder with LangChain4j's in-process embedding model: the jars that the program has not, and in {@code native} the
 * libraries of this platform that these jars load.
 *
 * <p>Its classes see the program's, and so implement the program's LangChain4j interfaces; the program sees none of them.
 */
final class Library {
    private static final String NATIVE = "native";

    private Library() {}

    /** The model of a folder, loaded: half a second, and 140 MB of memory. Native code is never given back. */
    static EmbeddingModel load(Path folder) throws IOException {
        tame(folder.resolve(NATIVE).toAbsolutePath());
        URLClassLoader classes =
                new URLClassLoader(jars(folder).toArray(URL[]::new), EmbeddingModelFactory.class.getClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // LangChain4j looks for the model's file where the thread's classes come from.
        thread.setContextClassLoader(classes);
        try {
            return ServiceLoader.load(EmbeddingModelFactory.class, classes)
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no embedding model in " + folder))
                    .create();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Says where the native code is, or it would be unpacked elsewhere; and keeps DJL from reporting its use. */
    private static void tame(Path natives) {
        System.setProperty("onnxruntime.native.path", natives.toString());
        System.setProperty(
                "RUST_LIBRARY_PATH",
                natives.resolve(System.mapLibraryName("tokenizers")).toString());
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
    }

    private static List<URL> jars(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                jars.add(file.toUri().toURL());
            }
        }
        return jars;
    }
}
