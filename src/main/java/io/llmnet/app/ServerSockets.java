package io.llmnet.app;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Sets what Quarkus has no key for. A timer that watches for idle connections costs every event of every stream a promise
 * and a listener; the kernel's own keep-alive finds the dead ones for nothing.
 */
@Singleton
public class ServerSockets implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setIdleTimeout(0).setTcpKeepAlive(true);
    }
}
