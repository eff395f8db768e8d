package io.llmnet.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HouseholdTest {
    @Test
    void isUnderTheUsersHome() {
        Map<String, String> environment = Map.of("HOME", "/home/ann");

        assertThat(Household.of(environment::get).models()).isEqualTo(Path.of("/home/ann/.llmnet/models"));
        assertThat(Household.of(name -> null).models())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".llmnet", "models"));
    }

    @Test
    void isWhereTheEnvironmentSays() {
        Map<String, String> environment = Map.of("LLMNET_HOME", "/srv/llmnet");

        Household household = Household.of(environment::get);

        assertThat(household.logs()).isEqualTo(Path.of("/srv/llmnet/logs"));
    }
}
