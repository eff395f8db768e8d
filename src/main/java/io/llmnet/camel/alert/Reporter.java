package io.llmnet.camel.alert;

import io.llmnet.camel.Overheard;
import io.llmnet.camel.Run;
import io.llmnet.camel.Said;
import io.llmnet.chat.Answer;
import io.llmnet.pipeline.Node;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets alerts off: waits, without a thread, until a node's words are known, looks at the alert's condition, writes its text
 * and hands it to those who tell it. An answer that its caller does not hear out sets off nothing.
 */
final class Reporter {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reporter.class);

    private final Senders senders;
    private final Audience audience;
    private final Executor writer;

    /**
     * A reporter.
     *
     * @param writer where texts are written, so that no answer waits for a long one; may refuse
     */
    Reporter(Senders senders, Audience audience, Executor writer) {
        this.senders = senders;
        this.audience = audience;
        this.writer = writer;
    }

    /** Sets off an alert for what the run's node has passed on; returns at once. */
    void report(Run run, Node alert) {
        words(run).whenComplete((words, unfinished) -> {
            if (unfinished == null) {
                later(run, alert, words);
            }
        });
    }

    private static CompletionStage<Supplier<String>> words(Run run) {
        Answer answer = run.answer();
        if (answer == null) {
            return CompletableFuture.completedFuture(() -> spoken(run));
        }
        return answer.body() instanceof Overheard overheard
                ? overheard.words()
                : CompletableFuture.failedFuture(new IllegalStateException("a model server has refused"));
    }

    private static String spoken(Run run) {
        Said said = run.said();
        return said == null ? run.prompt().text() : said.text();
    }

    private void later(Run run, Node alert, Supplier<String> words) {
        try {
            writer.execute(() -> tell(run, alert, words));
        } catch (RejectedExecutionException tooMany) {
            senders.counts(run.graph(), alert).dropped(1);
        }
    }

    private void tell(Run run, Node alert, Supplier<String> words) {
        try {
            Alarm alarm = new Alarm(run, alert, words.get());
            if (!alarm.isDue()) {
                return;
            }
            String text = alarm.text(Instant.now());
            if (alarm.addressee().inbound()) {
                audience.tell(run.graph().name(), alert.name(), text);
            }
            if (alarm.addressee().url() != null) {
                senders.offer(Senders.key(run.graph(), alert), text);
            }
        } catch (RuntimeException e) {
            String name = run.graph().name() + "/" + alert.name();
            LOGGER.warn(
                    "request={} alert={} could not be told: {}",
                    run.call().id(),
                    name,
                    e.getClass().getSimpleName());
            senders.counts(run.graph(), alert).dropped(1);
        }
    }
}
