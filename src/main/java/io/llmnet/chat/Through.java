package io.llmnet.chat;

import io.llmnet.fault.ChatException;

/** A stream seen through a transform; a transform that throws ends it as failed and closes the source. */
final class Through implements ByteStream {
    private final ByteStream source;
    private final Transform transform;

    Through(ByteStream source, Transform transform) {
        this.source = source;
        this.transform = transform;
    }

    @Override
    public void read(Reader reader) {
        source.read(new Changing(reader));
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
        source.cancel();
    }

    private final class Changing implements Reader {
        private final Reader reader;
        private boolean over;

        Changing(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void bytes(byte[] chunk) {
            if (over) {
                return;
            }
            try {
                pass(transform.bytes(chunk));
            } catch (ChatException e) {
                failed(e);
                source.cancel();
            }
        }

        @Override
        public void end() {
            if (over) {
                return;
            }
            try {
                pass(transform.end());
            } catch (ChatException e) {
                failed(e);
                return;
            }
            over = true;
            reader.end();
        }

        @Override
        public void failed(ChatException why) {
            if (!over) {
                over = true;
                reader.failed(why);
            }
        }

        private void pass(byte[] changed) {
            if (changed.length > 0) {
                reader.bytes(changed);
            }
        }
    }
}
