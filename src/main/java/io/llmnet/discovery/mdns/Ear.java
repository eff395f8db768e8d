package io.llmnet.discovery.mdns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;

/** Hears what is announced on one network, and announces us there. Its methods wait for the network: not for an event loop. */
final class Ear implements AutoCloseable {
    /** Who wants to know; called on threads of the daemon, which must not be kept waiting. */
    interface Listener {
        void heard(String network, Service service);

        void gone(String network, String type, String name);
    }

    /**
     * A service as it was announced.
     *
     * @param type {@code _ollama._tcp}
     */
    record Service(String type, String name, List<String> four, List<String> six, int port, Map<String, String> texts) {
        Service {
            four = List.copyOf(four);
            six = List.copyOf(six);
            texts = Map.copyOf(texts);
        }
    }

    private static final String DOMAIN = ".local.";

    private final JmDNS daemon;
    private final String network;
    private final Listener listener;

    private Ear(JmDNS daemon, String network, Listener listener) {
        this.daemon = daemon;
        this.network = network;
        this.listener = listener;
    }

    /** One on the network of an address of ours. */
    static Ear open(InetAddress address, List<String> types, Listener listener) throws IOException {
        Ear ear = new Ear(JmDNS.create(address), address.getHostAddress(), listener);
        types.forEach(type -> ear.daemon.addServiceListener(type + DOMAIN, ear.hearing(type)));
        return ear;
    }

    /** Announces us. */
    void announce(String type, String name, int port, Map<String, String> texts) throws IOException {
        daemon.registerService(ServiceInfo.create(type + DOMAIN, name, port, 0, 0, texts));
    }

    private ServiceListener hearing(String type) {
        return new ServiceListener() {
            @Override
            public void serviceAdded(ServiceEvent event) {
                // Asks for address and texts; serviceResolved is told of them.
                daemon.requestServiceInfo(event.getType(), event.getName(), true, 1);
            }

            @Override
            public void serviceResolved(ServiceEvent event) {
                listener.heard(network, service(type, event.getInfo()));
            }

            @Override
            public void serviceRemoved(ServiceEvent event) {
                listener.gone(network, type, event.getName());
            }
        };
    }

    private static Service service(String type, ServiceInfo info) {
        Map<String, String> texts = new HashMap<>();
        for (String key : Collections.list(info.getPropertyNames())) {
            String value = info.getPropertyString(key);
            if (value != null) {
                texts.put(key, value);
            }
        }
        return new Service(
                type,
                info.getName(),
                addresses(info.getInet4Addresses()),
                addresses(info.getInet6Addresses()),
                info.getPort(),
                texts);
    }

    private static List<String> addresses(InetAddress[] addresses) {
        return Arrays.stream(addresses).map(InetAddress::getHostAddress).toList();
    }

    /** Takes our announcements back and stops hearing; takes seconds. */
    @Override
    public void close() throws IOException {
        daemon.unregisterAllServices();
        daemon.close();
    }
}
