package io.llmnet.camel.watch;

import io.llmnet.chat.Call;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several watchers as one; of a run or a question they are only told what they want to watch. */
public final class Watchers implements Watcher {
    private final List<Watcher> all;

    public Watchers(List<Watcher> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public WatchedRun begins(Call call, Graph graph) {
        List<WatchedRun> interested = new ArrayList<>(all.size());
        for (Watcher watcher : all) {
            WatchedRun run = watcher.begins(call, graph);
            if (run != WatchedRun.BY_NOBODY) {
                interested.add(run);
            }
        }
        return switch (interested.size()) {
            case 0 -> WatchedRun.BY_NOBODY;
            case 1 -> interested.get(0);
            default -> new Runs(interested);
        };
    }

    @Override
    public void gone(String pipeline) {
        all.forEach(watcher -> watcher.gone(pipeline));
    }

    private record Runs(List<WatchedRun> all) implements WatchedRun {
        @Override
        public WatchedAsk asks(Asks asks) {
            return new Questions(all.stream().map(run -> run.asks(asks)).toList());
        }

        @Override
        public void chose(Node at, Node chosen, String how) {
            all.forEach(run -> run.chose(at, chosen, how));
        }

        @Override
        public void ended(Ended end) {
            all.forEach(run -> run.ended(end));
        }
    }

    private record Questions(List<WatchedAsk> all) implements WatchedAsk {
        @Override
        public @Nullable String traceparent() {
            return all.stream()
                    .map(WatchedAsk::traceparent)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public boolean listens() {
            return all.stream().anyMatch(WatchedAsk::listens);
        }

        @Override
        public void sent(byte[] request) {
            all.stream().filter(WatchedAsk::listens).forEach(ask -> ask.sent(request));
        }

        @Override
        public void heard(byte[] piece) {
            all.stream().filter(WatchedAsk::listens).forEach(ask -> ask.heard(piece));
        }

        @Override
        public void ended(Ended end) {
            all.forEach(ask -> ask.ended(end));
        }
    }
}
