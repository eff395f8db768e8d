package io.llmnet.http.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.http.page.Shop;
import io.llmnet.pool.Pools;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks beside OpenAI's endpoints. */
class InferTest {
    private static final String ASK = "{'task':'rerank','prompt':'which?'}";

    private final Shop shop = new Shop();
    private final Pools house = new Pools(
            (nanos, task) -> {
                long timer = shop.vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(nanos), id -> task.run());
                return () -> shop.vertx.cancelTimer(timer);
            },
            System::nanoTime);

    @BeforeEach
    void open() {
        shop.front.tasks(Infer.amongOthers(shop.vertx, house.pool, Desk.LIMITS));
    }

    @AfterEach
    void end() {
        shop.close();
    }

    private HttpResponse<String> post(String path, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "content-type";
        all[1] = "application/json";
        return shop.send("POST", path, body, all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/infer", "/infer", "/v1/infer/"})
    void areDoneHereToo(String path) {
        HttpResponse<String> answer = post(path, ASK, "x-request-id", "abc");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Desk.json(answer).path("content").asText()).isEqualTo("yes");
        assertThat(answer.headers().firstValue("x-request-id")).contains("abc");
    }

    @Test
    void failInOpenAisWords() {
        HttpResponse<String> answer = post("/v1/infer", "{'task':'rerank','prompt':'x','max_tokens':-1}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Desk.json(answer))
                .isEqualTo(Desk.json("{'error':{'message':'Invalid query: max_tokens must be positive',"
                        + "'type':'invalid_request_error','param':'max_tokens','code':'bad_request'}}"));
        assertThat(Desk.json(post("/v1/infer", "{}")).path("error").path("code").asText())
                .isEqualTo("unprocessable");
    }

    @Test
    void takePostsOnly() {
        HttpResponse<String> answer = shop.send("GET", "/v1/infer", "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("POST");
    }

    @Test
    void areNotThereBeforeSomebodyDoesThem() {
        try (Shop other = new Shop()) {
            assertThat(other.send("POST", "/v1/infer", ASK).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void webPagesMayAsk() {
        HttpResponse<String> answer = post("/v1/infer", ASK, "origin", "http://page.test");

        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
    }
}
