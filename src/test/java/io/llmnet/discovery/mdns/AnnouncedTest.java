package io.llmnet.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.discovery.profile.Profiles;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncedTest {
    private static final Profiles PROFILES = Profiles.standard();

    @ParameterizedTest
    @CsvSource({
        "_ollama._tcp, '', '', http://10.0.0.7:99, ollama",
        "_llm._tcp, llama.cpp, '', http://10.0.0.7:99, llamacpp",
        "_llm._tcp, llamacpp, /v1, http://10.0.0.7:99, llamacpp",
        "_llm._tcp, vllm, v1/, http://10.0.0.7:99, vllm",
        "_llm._tcp, exo, /gpu/v1, http://10.0.0.7:99/gpu, exo",
        "_openai._tcp, '', /api, http://10.0.0.7:99/api, auto",
        "_openai._tcp, toaster, /, http://10.0.0.7:99, auto",
        "_llmnet._tcp, '', /v1, http://10.0.0.7:99, llmnet",
    })
    void theKindIsSaidAndTheRootHasNoVersion(String type, String said, String path, URI url, String kind) {
        Map<String, String> texts = new HashMap<>(Map.of("type", said, "api_path", path));
        texts.values().removeIf(String::isEmpty);

        assertThat(of(type, "desk", List.of("10.0.0.7"), List.of("fe80::1"), texts))
                .contains(new Announced("desk", url, kind));
    }

    @ParameterizedTest
    @CsvSource({"Living Room, Living-Room", "my_box, my_box", "Bücher / 2, B-cher-2", "(x), x", "++, neighbour"})
    void namesFitIntoHeaders(String service, String name) {
        assertThat(of("_llm._tcp", service, List.of("10.0.0.7"), List.of(), Map.of()))
                .map(Announced::name)
                .contains(name);
    }

    @Test
    void withoutAnIpv4AddressAnotherWillDo() {
        assertThat(of("_ollama._tcp", "desk", List.of(), List.of("fd00:0:0:0:0:0:0:7%eth0"), Map.of()))
                .map(Announced::url)
                .contains(URI.create("http://[fd00:0:0:0:0:0:0:7]:99"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "169.254.169.254",
                "8.8.8.8",
                "172.32.0.1",
                "100.128.0.1",
                "1.10.0.1",
                "::1",
                "0:0:0:0:0:0:0:1",
                "fe80::1%eth0",
                "2001:db8::1",
                "::ffff:10.0.0.7"
            })
    void whatIsNotInAPrivateNetworkIsNotAsked(String address) {
        boolean isFour = address.matches("[0-9.]+");
        List<String> four = isFour ? List.of(address) : List.of();
        List<String> six = isFour ? List.of() : List.of(address);

        assertThat(of("_ollama._tcp", "desk", four, six, Map.of())).isEmpty();
    }

    @Test
    void ofSeveralAddressesThatOfAPrivateNetworkIsAsked() {
        assertThat(of("_ollama._tcp", "desk", List.of("169.254.7.7", "192.168.1.7"), List.of(), Map.of()))
                .map(Announced::url)
                .contains(URI.create("http://192.168.1.7:99"));
    }

    @Test
    void withoutAnyAddressThereIsNothing() {
        assertThat(of("_ollama._tcp", "desk", List.of(), List.of(), Map.of())).isEmpty();
        assertThat(of("_ollama._tcp", "desk", List.of("10.0.0.7"), List.of(), Map.of("api_path", "/a b")))
                .isEmpty();
    }

    private static Optional<Announced> of(
            String type, String service, List<String> four, List<String> six, Map<String, String> texts) {
        return Announced.of(type, service, four, six, 99, texts, PROFILES);
    }
}
