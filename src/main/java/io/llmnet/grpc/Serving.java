package io.llmnet.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Health;
import io.llmnet.pool.Pool;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The health service that load balancers ask: we serve as long as one provider can be asked, and until we close. A server
 * that knows of no provider serves, too: it refuses by itself what nobody can do.
 */
final class Serving {
    static final String NAME = "grpc.health.v1.Health";

    private static final Set<String> SERVICES = Set.of("", Protocol.SERVICE);
    private static final long LOOK_MILLIS = 500;
    private static final int MOST_WATCHES = 1000;

    private final Vertx vertx;
    private final Pool pool;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosing;

    Serving(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    /** Answers {@code Check}. */
    void check(Exchange exchange) {
        exchange.hearOne(message -> {
            String service = service(message);
            if (SERVICES.contains(service)) {
                exchange.finish(response(status(service)));
            } else {
                exchange.fail(GrpcStatus.NOT_FOUND, "there is no service of that name here", Map.of());
            }
        });
    }

    /** Answers {@code Watch}: what it is now, and then each change. */
    void watch(Exchange exchange) {
        exchange.hearOne(message -> {
            if (watches.size() >= MOST_WATCHES) {
                exchange.fail(new ChatException(Fault.BUSY, MOST_WATCHES + " clients watch already; try again later"));
            } else {
                new Watch(exchange, service(message)).begin();
            }
        });
    }

    /** Tells those who watch, and lets them go. */
    void close() {
        isClosing = true;
        List.copyOf(watches).forEach(Watch::leave);
    }

    private static String service(byte[] message) {
        try {
            return HealthCheckRequest.parseFrom(message).getService();
        } catch (InvalidProtocolBufferException e) {
            throw new ChatException(Fault.BAD_REQUEST, "the message is no " + NAME + " request", e);
        }
    }

    private ServingStatus status(String service) {
        if (!SERVICES.contains(service)) {
            return ServingStatus.SERVICE_UNKNOWN;
        }
        Map<String, String> providers = pool.health().providers();
        boolean isServing = providers.isEmpty() || providers.containsValue(Health.WELL);
        return isServing && !isClosing ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }

    /** One who watches. Lives on its event loop. */
    private final class Watch {
        private final Exchange exchange;
        private final String service;
        private final Context home = vertx.getOrCreateContext();
        private ServingStatus told = ServingStatus.UNRECOGNIZED;

        Watch(Exchange exchange, String service) {
            this.exchange = exchange;
            this.service = service;
        }

        void begin() {
            watches.add(this);
            long looks = vertx.setPeriodic(LOOK_MILLIS, timer -> look());
            exchange.onOver(() -> {
                vertx.cancelTimer(looks);
                watches.remove(this);
            });
            look();
        }

        private void look() {
            ServingStatus now = status(service);
            if (now != told) {
                told = now;
                exchange.send(response(now));
            }
        }

        /** To be called from any thread. */
        void leave() {
            home.runOnContext(nothing -> {
                look();
                exchange.fail(new ChatException(Fault.STOPPING, "the server is stopping; ask another"));
            });
        }
    }
}
