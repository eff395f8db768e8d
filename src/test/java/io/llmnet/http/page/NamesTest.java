package io.llmnet.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void aNameIsShownAsItIsOrItsFirstHundredCharacters() {
        assertThat(Names.shown("x".repeat(100))).isEqualTo("x".repeat(100));
        assertThat(Names.shown("x".repeat(101))).isEqualTo("x".repeat(100) + "...");
    }

    @Test
    void noCharacterIsCutInTwo() {
        assertThat(Names.shown("x".repeat(99) + "\uD83D\uDE00")).isEqualTo("x".repeat(99) + "...");
    }

    @Test
    void twentyNamesAreEnough() {
        assertThat(Names.some(List.of("a", "b"))).isEqualTo("a, b");
        assertThat(Names.some(Collections.nCopies(22, "a"))).endsWith("a, a and 2 more");
    }
}
