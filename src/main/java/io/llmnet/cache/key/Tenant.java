package io.llmnet.cache.key;

import io.llmnet.chat.Call;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tells whose a call is, so that nobody gets what another was told. */
public final class Tenant {
    private static final List<String> KEYS = List.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

    private Tenant() {}

    /** A digest of the keys that the caller shows, and of {@code x-tenant-id}; not to be shown to anybody. */
    public static String of(Call call) {
        return of(call.header());
    }

    /** The same of the headers of a request, by their lower-case names. */
    public static String of(UnaryOperator<@Nullable String> header) {
        Keys tenant = Keys.of("tenant");
        KEYS.forEach(name -> tenant.with(name, header.apply(name)));
        return tenant.with("x-tenant-id", header.apply("x-tenant-id")).key();
    }
}
