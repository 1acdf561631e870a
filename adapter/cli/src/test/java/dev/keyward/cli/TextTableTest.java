package dev.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheyNeed() {
        assertThat(new TextTable("check", "verdict")
                        .row("home", "good")
                        .row("a longer one", "")
                        .lines())
                .containsExactly(
                        "check         verdict", //
                        "home          good",
                        "a longer one");
    }
}
