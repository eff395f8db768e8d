package io.llmnet.protocol.sse;

import io.llmnet.chat.Transform;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Streams cut in every way. */
public final class Streams {
    private Streams() {}

    /** The stream cut in two at every place, in single bytes, and in chunks by chance. */
    public static List<List<byte[]>> cuts(byte[] stream, long seed) {
        List<List<byte[]>> all = new ArrayList<>();
        for (int at = 0; at <= stream.length; at++) {
            all.add(List.of(Arrays.copyOf(stream, at), Arrays.copyOfRange(stream, at, stream.length)));
        }
        all.add(pieces(stream, new SplittableRandom(seed), 1));
        all.add(pieces(stream, new SplittableRandom(seed), 7));
        all.add(pieces(stream, new SplittableRandom(seed), 300));
        return all;
    }

    /** All that a transform makes of a stream. */
    public static byte[] through(Transform transform, List<byte[]> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        chunks.forEach(chunk -> out.writeBytes(transform.bytes(chunk.clone())));
        out.writeBytes(transform.end());
        return out.toByteArray();
    }

    private static List<byte[]> pieces(byte[] stream, SplittableRandom random, int longest) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            int end = Math.min(stream.length, at + 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(stream, at, end));
            at = end;
        }
        return pieces;
    }
}
