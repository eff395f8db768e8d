package io.llmnet.chat;

/** A stream whose bytes are all here. */
final class Whole implements ByteStream {
    private final byte[] bytes;

    Whole(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public void read(Reader reader) {
        if (bytes.length > 0) {
            reader.bytes(bytes);
        }
        reader.end();
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {}
}
