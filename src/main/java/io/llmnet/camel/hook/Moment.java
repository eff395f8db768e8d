package io.llmnet.camel.hook;

import io.llmnet.camel.Run;
import io.llmnet.camel.Said;
import io.llmnet.pipeline.AtNode;
import io.llmnet.pipeline.Hook;
import io.llmnet.pipeline.Hooks;
import io.llmnet.pipeline.Node;
import io.llmnet.pipeline.Variables;
import java.util.List;

/** When a hook is called: it decides what the hook can see. */
enum Moment {
    /** Before the node's model is asked: there is no output yet, so the input stands for it. */
    PRE {
        @Override
        List<Hook> hooks(Hooks hooks) {
            return hooks.pre();
        }

        @Override
        String input(Run run) {
            return run.given();
        }

        @Override
        String output(Run run) {
            return run.given();
        }
    },
    /** When it has answered. */
    POST {
        @Override
        List<Hook> hooks(Hooks hooks) {
            return hooks.post();
        }

        /** While an answer is on its way to the caller, the run has not moved on. */
        @Override
        String input(Run run) {
            Said said = run.said();
            if (run.answer() != null || said == null) {
                return run.given();
            }
            return said.given() == null ? run.prompt().text() : said.given();
        }

        @Override
        String output(Run run) {
            Said said = run.said();
            return said == null ? "" : said.text();
        }
    };

    abstract List<Hook> hooks(Hooks hooks);

    /** What the node was given. */
    abstract String input(Run run);

    /** The text that a hook may replace. */
    abstract String output(Run run);

    /** What a hook can see where a run is. */
    Variables sight(Run run, String output) {
        Node node = run.here();
        String input = input(run);
        return new AtNode(run.seenInside(input), node.name(), input, output);
    }
}
