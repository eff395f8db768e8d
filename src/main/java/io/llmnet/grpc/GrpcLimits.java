package io.llmnet.grpc;

/**
 * What gRPC calls may cost.
 *
 * @param messageBytes of a message, unpacked
 * @param concurrent calls worked on at once; one more is told to come back
 */
public record GrpcLimits(int messageBytes, int concurrent) {
    /** With a limit of bytes that may be larger than any message. */
    public static GrpcLimits of(long bytes, int concurrent) {
        return new GrpcLimits((int) Math.min(bytes, Integer.MAX_VALUE - 8), concurrent);
    }
}
