package io.nightshift.nats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes a TLS context of PEM files. */
final class PemTls {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.+?)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final char[] NO_PASSWORD = new char[0];

    private PemTls() {}

    static boolean wanted(NatsConfig config) {
        NatsConfig.Tls tls = config.tls();
        return tls.enabled()
                || tls.caFile().isPresent()
                || tls.certFile().isPresent()
                || config.servers().stream().anyMatch(server -> server.startsWith("tls:"));
    }

    /** @throws IOException if a file is missing or holds something else; the message names it */
    static SSLContext context(NatsConfig.Tls tls) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(tls), trust(tls.caFile()), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up from " + files(tls) + ": " + e.getMessage(), e);
        }
    }

    private static List<String> files(NatsConfig.Tls tls) {
        return List.of("ca-file " + tls.caFile(), "cert-file " + tls.certFile(), "key-file " + tls.keyFile());
    }

    private static KeyManager @Nullable [] keys(NatsConfig.Tls tls) throws IOException, GeneralSecurityException {
        if (tls.certFile().isEmpty() && tls.keyFile().isEmpty()) {
            return null;
        }
        if (tls.certFile().isEmpty() || tls.keyFile().isEmpty()) {
            throw new IOException("nats.tls.cert-file and nats.tls.key-file are both needed, or none");
        }
        KeyStore store = emptyStore();
        Certificate[] chain = certificates(tls.certFile().get()).toArray(Certificate[]::new);
        store.setKeyEntry("client", privateKey(tls.keyFile().get()), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trust(Optional<Path> caFile) throws IOException, GeneralSecurityException {
        if (caFile.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate certificate : certificates(caFile.get())) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file));
        if (!pem.find()) {
            throw new IOException("nats.tls.key-file " + file
                    + " holds no PKCS #8 private key; convert it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // another algorithm's key: the next one is tried, and the end of the loop reports it
            }
        }
        throw new IOException("nats.tls.key-file " + file + " holds a key that is neither RSA, EC nor Ed25519");
    }
}
