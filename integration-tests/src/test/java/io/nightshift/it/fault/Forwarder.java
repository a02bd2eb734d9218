package io.nightshift.it.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** The way to a server: can lose connections without a word to either side, or answer in the server's place. */
final class Forwarder implements AutoCloseable {
    private final ServerSocket here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int there;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> answer = Optional.empty();

    /** @param there the port of the server */
    Forwarder(int there) throws IOException {
        this.there = there;
        start("forwarder", this::accept);
    }

    int port() {
        return here.getLocalPort();
    }

    /** The connections of now stay open, and nothing passes any more; new ones work. */
    void freeze() {
        links.forEach(Link::freeze);
    }

    /** Everybody is answered with these words, until {@link #mend}. */
    void answer(String words) {
        answer = Optional.of(words);
        links.forEach(Link::close);
    }

    void mend() {
        answer = Optional.empty();
        links.stream().filter(link -> link.frozen).forEach(Link::close);
    }

    private void accept() {
        while (!here.isClosed()) {
            try {
                take(here.accept());
            } catch (IOException e) {
                // closed, or the server is away: the client sees its connection end, and tries again
            }
        }
    }

    private void take(Socket client) throws IOException {
        if (answer.isPresent()) {
            start("answer", () -> reply(client, answer.get()));
            return;
        }
        try {
            var link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), there));
            links.add(link);
            start("to server", () -> link.pump(link.client, link.server));
            start("to client", () -> link.pump(link.server, link.client));
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /** Behind the head of the request, so that the client is there to read it. */
    private static void reply(Socket client, String words) {
        try (client) {
            client.getInputStream().read(new byte[65536]);
            client.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it did not wait for the answer
        }
    }

    private static void start(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            here.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::close);
    }

    private final class Link {
        final Socket client;
        final Socket server;
        volatile boolean frozen;
        private final CountDownLatch end = new CountDownLatch(1);

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to) {
            try {
                copy(from.getInputStream(), to.getOutputStream());
            } catch (IOException | InterruptedException e) {
                // one side is gone: so is the other
            }
            close();
        }

        private void copy(InputStream from, OutputStream to) throws IOException, InterruptedException {
            var buffer = new byte[65536];
            for (int length = from.read(buffer); length > 0; length = from.read(buffer)) {
                if (frozen) {
                    end.await();
                }
                to.write(buffer, 0, length);
            }
            if (frozen) { // the other side is not to hear of the end
                end.await();
            }
        }

        void freeze() {
            frozen = true;
        }

        void close() {
            end.countDown();
            links.remove(this);
            for (var socket : new Socket[] {client, server}) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // gone it is
                }
            }
        }
    }
}
