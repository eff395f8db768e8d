package io.llmnet.function;

import io.vertx.core.net.SocketAddress;

/**
 * Where a gRPC server is.
 *
 * @param isSecure whether it is spoken to over TLS
 */
record GrpcAddress(SocketAddress socket, boolean isSecure) {
    /** Of {@code host:port}, with a scheme in front or without. */
    static GrpcAddress of(String written) {
        int scheme = written.indexOf("://");
        String place = scheme < 0 ? written : written.substring(scheme + 3);
        int colon = place.lastIndexOf(':');
        int port = Integer.parseInt(place.substring(colon + 1));
        boolean secure = written.startsWith("https://") || written.startsWith("grpcs://");
        return new GrpcAddress(SocketAddress.inetSocketAddress(port, place.substring(0, colon)), secure);
    }
}
