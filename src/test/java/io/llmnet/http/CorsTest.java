package io.llmnet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.http.page.Shop;
import io.llmnet.registry.Card;
import java.net.http.HttpHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsTest {
    private static final String ALLOWED = "access-control-allow-origin";
    private static final String PAGE = "https://page.example";

    private final Shop shop = new Shop();

    CorsTest() {
        shop.operator.has("desk", Card.named("qwen3"));
    }

    @AfterEach
    void end() {
        shop.close();
    }

    private HttpHeaders asPage(String method, String path) {
        return shop.send(method, path, "", "Origin", PAGE).headers();
    }

    private HttpHeaders asBrowser(String method, String path) {
        return shop.send("OPTIONS", path, "", "Origin", PAGE, "Access-Control-Request-Method", method)
                .headers();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/chat/completions",
        "POST, /chat/completions/",
        "POST, /v1/completions",
        "POST, /v1/embeddings",
        "GET, /v1/models",
        "GET, /v1/models/qwen3"
    })
    void pagesMayAskAndReadWhoAnswered(String method, String path) {
        HttpHeaders answer = asPage(method, path);

        assertThat(answer.firstValue(ALLOWED)).contains("*");
        assertThat(answer.firstValue("access-control-expose-headers")).contains("*");
        assertThat(asBrowser(method, path).firstValue(ALLOWED)).contains("*");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/history",
        "GET, /history/",
        "GET, /v1/stats",
        "GET, /v1/backends",
        "GET, /v1/backends/desk",
        "POST, /v1/backends",
        "POST, /v1/explain",
        "GET, /v1/fleet/recommendations",
        "GET, /v1/operations",
        "GET, /metrics",
        "GET, /status",
        "POST, /v1/models/load",
        "DELETE, /v1/models/qwen3",
        "GET, /v1/modelship"
    })
    void pagesMayNotReadWhatIsNotTheirs(String method, String path) {
        assertThat(asPage(method, path).firstValue(ALLOWED)).isEmpty();
        assertThat(asBrowser(method, path).firstValue(ALLOWED)).isEmpty();
    }

    @Test
    void whoIsNoPageIsToldNothingOfPages() {
        assertThat(shop.send("GET", "/v1/models", "").headers().firstValue(ALLOWED))
                .isEmpty();
    }
}
