package io.llmnet.camel;

import io.llmnet.camel.watch.WatchedRun;
import io.llmnet.camel.watch.Watcher;
import io.llmnet.camel.watch.Watching;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.pipeline.Graph;
import java.util.concurrent.CompletionStage;

/** A pipeline by its name, whatever version of it is in place. */
public final class Deployment {
    /**
     * What a call gets that comes now.
     *
     * @param pipeline the version
     * @param entrance of the routes that know how to run it
     */
    record Lane(Deployed pipeline, Entrance entrance) {}

    private final String name;
    private final Watcher watcher;
    private volatile Lane lane;

    Deployment(String name, Watcher watcher, Lane lane) {
        this.name = name;
        this.watcher = watcher;
        this.lane = lane;
    }

    public String name() {
        return name;
    }

    public Deployed now() {
        return lane.pipeline();
    }

    public Graph graph() {
        return now().graph();
    }

    /** Runs a call through the version that is in place now; fails with a ChatException. */
    public CompletionStage<Answer> ask(Call call) {
        while (true) {
            // An entrance is shut only after another has taken its place, so this ends.
            Lane current = lane;
            if (current.entrance().admit()) {
                WatchedRun watch = watcher.begins(call, current.pipeline().graph());
                Watching watching = Watching.run(watch, call.tab());
                return watching.answer(current.entrance().ask(Run.of(call, current.pipeline(), watch)));
            }
        }
    }

    Entrance entrance() {
        return lane.entrance();
    }

    /** What calls get that come from now on. */
    void take(Lane next) {
        lane = next;
    }
}
