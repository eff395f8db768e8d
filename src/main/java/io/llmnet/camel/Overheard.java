package io.llmnet.camel;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.fault.ChatException;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.sse.Transcript;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The caller's answer, whose words are kept beside while it flows: as it is, and as fast. What breaks off, or what the caller
 * does not hear out, has no words.
 */
public final class Overheard implements ByteStream {
    /** Of an answer that is longer, the beginning is kept. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private final ByteStream source;
    private final Notes notes;
    private final CompletableFuture<Supplier<String>> words = new CompletableFuture<>();

    private Overheard(ByteStream source, Notes notes) {
        this.source = source;
        this.notes = notes;
    }

    /** The run with an answer that can be overheard; as it is where there is none, or no good one. */
    static Run in(Run run) {
        Answer answer = run.answer();
        if (answer == null || !answer.isOk() || answer.body() instanceof Overheard) {
            return run;
        }
        Notes notes = answer.isEventStream() ? new OfStream() : new OfWhole();
        return run.answering(answer.withBody(new Overheard(answer.body(), notes)));
    }

    /** The words, once the caller has heard all of them; to be written out by who needs them, on a thread of its own. */
    public CompletionStage<Supplier<String>> words() {
        return words;
    }

    @Override
    public void read(Reader reader) {
        source.read(new Listener(reader));
    }

    @Override
    public void pause() {
        source.pause();
    }

    @Override
    public void resume() {
        source.resume();
    }

    @Override
    public void cancel() {
        words.completeExceptionally(new CancellationException("the caller has left"));
        source.cancel();
    }

    private final class Listener implements Reader {
        private final Reader reader;

        Listener(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void bytes(byte[] chunk) {
            if (!words.isDone()) {
                note(chunk);
            }
            reader.bytes(chunk);
        }

        @Override
        public void end() {
            reader.end();
            words.complete(notes::words);
        }

        @Override
        public void failed(ChatException why) {
            reader.failed(why);
            words.completeExceptionally(why);
        }

        /** Nonsense is the caller's to judge; here it has no words. */
        private void note(byte[] chunk) {
            try {
                notes.take(chunk);
            } catch (ChatException nonsense) {
                words.completeExceptionally(nonsense);
            }
        }
    }

    /** What is kept of an answer. */
    private interface Notes {
        void take(byte[] chunk);

        String words();
    }

    private static final class OfStream implements Notes {
        private final Transcript transcript = new Transcript(MOST_CHARACTERS);

        @Override
        public void take(byte[] chunk) {
            transcript.feed(chunk);
        }

        @Override
        public String words() {
            return transcript.words();
        }
    }

    /** Whole answers are small, and in memory anyway. */
    private static final class OfWhole implements Notes {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        @Override
        public void take(byte[] chunk) {
            body.writeBytes(chunk);
        }

        @Override
        public String words() {
            String text = Completion.parse(body.toByteArray()).text();
            return text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        }
    }
}
