package io.llmnet.camel.choice;

import io.llmnet.camel.Run;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pipeline.Intent;
import io.llmnet.pipeline.Node;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of {@code routes/choose.yaml}: put the question, take the answer, do without one. */
public final class Choice {
    private static final Logger LOGGER = LoggerFactory.getLogger(Choice.class);

    private static final String RUN = "llmnetRun";

    private Choice() {}

    /** Makes the question that a router's model is asked; the run waits in a property. */
    public static Processor question() {
        return exchange -> {
            Run run = exchange.getMessage().getBody(Run.class);
            exchange.setProperty(RUN, run);
            exchange.getMessage().setBody(Question.of(run).messages());
        };
    }

    /** Takes the model's answer for a node's name. */
    public static Processor answer() {
        return exchange -> {
            Run run = exchange.getProperty(RUN, Run.class);
            String answer = exchange.getMessage().getBody(String.class);
            exchange.getMessage()
                    .setBody(Intent.match(answer == null ? "" : answer, run.next())
                            .map(chosen -> choosing(run, chosen))
                            .orElseGet(() -> fallingBack(run, "nonsense")));
        };
    }

    /** Does without the model's answer: the node's default, else the first that may answer. */
    public static Processor fallback() {
        return exchange -> {
            Run waiting = exchange.getProperty(RUN, Run.class);
            Run run = waiting == null ? exchange.getMessage().getBody(Run.class) : waiting;
            if (run.call().cancel().isCancelled()) {
                throw new ChatException(Fault.CANCELLED, "the caller is gone");
            }
            Exception why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
            LOGGER.warn(
                    "router unavailable pipeline={} request={} why={}",
                    run.graph().name(),
                    run.call().id(),
                    reason(why));
            exchange.getMessage().setBody(fallingBack(run, "down"));
        };
    }

    private static Run choosing(Run run, Node chosen) {
        run.watch().chose(run.here(), chosen, "model");
        return run.choosing(chosen);
    }

    private static Run fallingBack(Run run, String why) {
        Node chosen = fallback(run);
        run.watch().chose(run.here(), chosen, "fallback-" + why);
        return run.fallingBack(chosen, why);
    }

    private static String reason(Exception why) {
        return why instanceof ChatException chat ? chat.fault().code() : String.valueOf(why);
    }

    static Node fallback(Run run) {
        String wanted = Objects.requireNonNull(run.at()).defaultTarget();
        return run.next().stream()
                .filter(node -> node.name().equals(wanted))
                .findFirst()
                .orElse(run.next().get(0));
    }
}
