package io.llmnet.node;

import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.node.Engine.Generation;
import io.llmnet.node.Engine.Piece;
import io.llmnet.node.Order.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gives one answer, on a slot's thread: asks the engine, cuts at stop strings, counts, and tells it to the caller. */
final class Telling implements Runnable {
    private static final System.Logger LOGGER = System.getLogger(Telling.class.getName());

    private final Question question;
    private final Engine engine;
    private final Shape shape;
    private final Outlet outlet;
    private final Meter meter;
    private final String nodeId;
    private int generated;

    Telling(Question question, Engine engine, Shape shape, Outlet outlet, Meter meter, String nodeId) {
        this.question = question;
        this.engine = engine;
        this.shape = shape;
        this.outlet = outlet;
        this.meter = meter;
        this.nodeId = nodeId;
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        try {
            if (question.order().stream()) {
                stream();
            } else {
                whole(start);
            }
        } catch (ChatException e) {
            outlet.fail(e);
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "generation failed", e);
            outlet.fail(new ChatException(Fault.INTERNAL, "the model failed; the node's log says how", e));
        } finally {
            meter.count(generated, System.nanoTime() - start);
        }
    }

    private void stream() {
        if (question.order().kind() == Kind.CHAT) {
            outlet.event(shape.opening());
        }
        for (int i = 0; i < question.prompts().size(); i++) {
            int index = i;
            String reason = tell(question.prompts().get(i), text -> outlet.event(shape.text(index, text)));
            outlet.event(shape.end(index, reason));
        }
        if (question.order().includeUsage()) {
            outlet.event(shape.usage(usage()));
        }
        outlet.event(Shape.DONE);
        outlet.endEvents();
    }

    private void whole(long start) {
        List<Shape.Told> all = new ArrayList<>();
        for (Question.Prompt prompt : question.prompts()) {
            StringBuilder text = new StringBuilder();
            String reason = tell(prompt, text::append);
            all.add(new Shape.Told(text.toString(), reason));
        }
        outlet.whole(question.order().kind() == Kind.GENERATE ? plain(all, start) : shape.whole(all, usage()));
    }

    /** One prompt's answer, piece by piece; returns why it ended. */
    private String tell(Question.Prompt prompt, Consumer<String> say) {
        if (question.order().echo()) {
            say.accept(prompt.text());
        }
        Sampling sampling = question.order().sampling().withAtMost(engine.context() - prompt.tokens());
        if (sampling.maxTokens() == 0) {
            return "length";
        }
        Stops stops = new Stops(question.order().stops());
        stopIfGone();
        try (Generation generation = engine.generate(prompt.text(), sampling)) {
            for (Piece piece = generation.next(); piece != null; piece = generation.next()) {
                stopIfGone();
                generated += piece.tokens();
                sayUnlessEmpty(stops.pass(piece.text()), say);
                if (stops.isHit()) {
                    return "stop";
                }
            }
            sayUnlessEmpty(stops.rest(), say);
            return generation.isFinished() ? "stop" : "length";
        }
    }

    private void sayUnlessEmpty(String text, Consumer<String> say) {
        if (!text.isEmpty()) {
            say.accept(text);
        } else if (question.order().stream()) {
            outlet.keepAlive();
        }
    }

    private void stopIfGone() {
        if (outlet.isGone()) {
            throw new ChatException(Fault.CANCELLED, "the caller is gone");
        }
    }

    private Usage usage() {
        return Usage.of(
                question.prompts().stream().mapToInt(Question.Prompt::tokens).sum(), generated);
    }

    private byte[] plain(List<Shape.Told> all, long start) {
        return Shape.bytes(Fields.JSON
                .createObjectNode()
                .put("text", all.get(0).text())
                .put("tokens_generated", generated)
                .put("generation_time", (System.nanoTime() - start) / 1e9)
                .put("node_id", nodeId));
    }
}
