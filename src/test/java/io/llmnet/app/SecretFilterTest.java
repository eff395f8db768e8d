package io.llmnet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** The key of the example of secrets, which the server has read, is nowhere to be seen. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class SecretFilterTest {
    private static final String KEY = "sample-key-that-opens-nothing";

    private final SecretFilter filter = new SecretFilter();
    private final Caller caller = Caller.ofServer();

    private static ExtLogRecord logged(String message, Object... parameters) {
        ExtLogRecord logged = new ExtLogRecord(Level.INFO, message, ExtLogRecord.FormatStyle.MESSAGE_FORMAT, "a.Class");
        logged.setParameters(parameters);
        return logged;
    }

    @Test
    void aMessageIsBlackenedWithItsParameters() {
        ExtLogRecord logged = logged("asked with {0} and {1}", KEY, 5);

        assertThat(filter.isLoggable(logged)).isTrue();

        assertThat(logged.getMessage()).isEqualTo("asked with *** and 5");
    }

    @Test
    void aMessageWithoutSecretsStaysAsItIs() {
        ExtLogRecord logged = logged("asked {0}", "it");

        filter.isLoggable(logged);

        assertThat(logged.getMessage()).isEqualTo("asked {0}");
    }

    @Test
    void exceptionsAndTheirCausesAreBlackened() {
        IOException deep = new IOException("refused " + KEY);
        IllegalStateException thrown = new IllegalStateException("broken", deep);
        ExtLogRecord logged = logged("failed");
        logged.setThrown(thrown);

        filter.isLoggable(logged);

        Throwable told = Objects.requireNonNull(logged.getThrown());
        assertThat(told.toString()).isEqualTo("java.lang.IllegalStateException: broken");
        assertThat(told.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat(told.getCause()).hasToString("java.io.IOException: refused ***");
    }

    @Test
    void pagesAndAnswersDoNotShowIt() {
        List<String> paths = List.of("/v1/models", "/status", "/metrics", "/");

        for (String path : paths) {
            assertThat(caller.get(path).body()).as(path).doesNotContain(KEY);
        }
        HttpResponse<String> answer = caller.chat(Caller.question("example-env-file", "Who?"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body() + answer.headers().map()).doesNotContain(KEY);
    }

    @Test
    void camelsBeansDoNotShowIt() throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        int seen = 0;
        for (ObjectName name : beans.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
                try {
                    Object value = beans.getAttribute(name, attribute.getName());
                    assertThat(String.valueOf(value))
                            .as("%s %s", name, attribute.getName())
                            .doesNotContain(KEY);
                    seen++;
                } catch (JMException | RuntimeException unreadable) {
                    assertThat(String.valueOf(unreadable.getMessage())).doesNotContain(KEY);
                }
            }
        }
        assertThat(seen).isPositive();
    }
}
