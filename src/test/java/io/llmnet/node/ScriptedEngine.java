package io.llmnet.node;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Says what it was told to, token by token; each word of a prompt is a token. */
final class ScriptedEngine implements Engine {
    /** What was asked of it. */
    final List<Sampling> asked = new ArrayList<>();
    /** Generations that have begun and not been closed. */
    final AtomicInteger open = new AtomicInteger();

    private final List<String> script;
    private final @Nullable Semaphore pace;
    private final int context;
    private volatile boolean closed;

    private ScriptedEngine(List<String> script, @Nullable Semaphore pace, int context) {
        this.script = script;
        this.pace = pace;
        this.context = context;
    }

    static ScriptedEngine saying(String... tokens) {
        return new ScriptedEngine(List.of(tokens), null, 100);
    }

    /** Gives each token only for a permit, without an end. */
    static ScriptedEngine pacedBy(Semaphore pace) {
        return new ScriptedEngine(List.of(), pace, 1_000_000);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public int context() {
        return context;
    }

    @Override
    public String prompt(List<Turn> turns) {
        StringBuilder prompt = new StringBuilder();
        turns.forEach(turn ->
                prompt.append(turn.role()).append(": ").append(turn.text()).append(' '));
        return prompt.toString();
    }

    @Override
    public int tokens(String prompt) {
        return prompt.strip().split("\\s+", -1).length;
    }

    @Override
    public Generation generate(String prompt, Sampling sampling) {
        synchronized (asked) {
            asked.add(sampling);
        }
        open.incrementAndGet();
        return new Scripted(sampling);
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Scripted implements Generation {
        private final Iterator<String> rest = script.iterator();
        private final int most;
        private int given;

        Scripted(Sampling sampling) {
            this.most = sampling.maxTokens();
        }

        @Override
        public @Nullable Piece next() {
            if (given == most) {
                return null;
            }
            given++;
            if (pace != null) {
                pace.acquireUninterruptibly();
                return new Piece("word ", 1);
            }
            return rest.hasNext() ? new Piece(rest.next(), 1) : null;
        }

        @Override
        public boolean isFinished() {
            return given < most || !rest.hasNext();
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
