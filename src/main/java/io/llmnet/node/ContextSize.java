package io.llmnet.node;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Decides how many tokens one request may use. Pure but for {@link #memory}. */
final class ContextSize {
    private static final int UNKNOWN = 4096;
    private static final int MOST = 8192;
    private static final int LEAST = 512;

    private ContextSize() {}

    /**
     * As asked, but not beyond what the model was trained for. Where nothing is asked: the model's own, at most 8192, halved
     * until all slots together take no more than a quarter of the memory.
     */
    static int of(NodeOptions options, Gguf gguf, long memoryBytes) {
        int own = gguf.contextLength() == 0 ? Integer.MAX_VALUE : gguf.contextLength();
        if (options.context() > 0) {
            return Math.min(options.context(), own);
        }
        int context = Math.min(gguf.contextLength() == 0 ? UNKNOWN : own, MOST);
        long each = gguf.contextBytesPerToken() * options.parallel();
        while (context / 2 >= LEAST && each * context > memoryBytes / 4) {
            context /= 2;
        }
        return context;
    }

    /** This machine's memory, or the container's. */
    static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
