package io.healthchecker.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.secret.SecretCipher.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretCipherTest {
    private static final Secret KEY = new Secret("0123456789abcdef0123456789abcdef");
    private static final Secret OTHER_KEY = new Secret("another 0123456789abcdef01234567");
    private static final Secret TOKEN = new Secret("Bearer s3cr3t–ü");

    private final SecretCipher cipher = SecretCipher.of(KEY);

    @Test
    void whatIsSealedOpensInItsPlace() throws Unreadable {
        byte[] sealed = cipher.seal(7, "probe/token", TOKEN);

        assertThat(SecretCipher.of(KEY).open(7, "probe/token", sealed)).isEqualTo(TOKEN);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("s3cr3t");
    }

    @Test
    void theSameTextIsNeverSealedAlike() {
        assertThat(cipher.seal(7, "probe/token", TOKEN)).isNotEqualTo(cipher.seal(7, "probe/token", TOKEN));
    }

    @Test
    void itDoesNotOpenInAnotherPlace() {
        byte[] sealed = cipher.seal(7, "probe/token", TOKEN);

        assertUnreadable(cipher, 8, "probe/token", sealed, "moved here from somewhere else");
        assertUnreadable(cipher, 7, "probe/other", sealed, "moved here from somewhere else");
    }

    @Test
    void aChangedByteIsNoticed() {
        byte[] sealed = cipher.seal(7, "probe/token", TOKEN);
        for (int i = 0; i < sealed.length; i++) {
            byte[] damaged = sealed.clone();
            damaged[i] ^= 1;
            assertUnreadable(cipher, 7, "probe/token", damaged, "it ");
        }
        assertUnreadable(cipher, 7, "probe/token", new byte[3], "form that this version knows");
    }

    @Test
    void anotherKeyIsNamedAsTheReason() {
        byte[] sealed = cipher.seal(7, "probe/token", TOKEN);

        assertUnreadable(SecretCipher.of(OTHER_KEY), 7, "probe/token", sealed, "another SECRET_KEY");
    }

    @Test
    void aShortKeyIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> SecretCipher.of(new Secret("too short")))
                .hasMessage("SECRET_KEY has 9 bytes; it needs at least 32, for example from: openssl rand -base64 32");
    }

    @Test
    void aFingerprintFollowsTextReferenceValueAndKey() {
        String fingerprint = cipher.fingerprint("definition", Map.of("probe/token", TOKEN));

        assertThat(cipher.fingerprint("definition", Map.of("probe/token", TOKEN)))
                .isEqualTo(fingerprint);
        assertThat(cipher.fingerprint("definitions", Map.of("probe/token", TOKEN)))
                .isNotEqualTo(fingerprint);
        assertThat(cipher.fingerprint("definition", Map.of("probe/tok", TOKEN))).isNotEqualTo(fingerprint);
        assertThat(cipher.fingerprint("definition", Map.of("probe/token", new Secret("rotated"))))
                .isNotEqualTo(fingerprint);
        assertThat(SecretCipher.of(OTHER_KEY).fingerprint("definition", Map.of("probe/token", TOKEN)))
                .isNotEqualTo(fingerprint);
    }

    private static void assertUnreadable(
            SecretCipher cipher, long serviceId, String reference, byte[] sealed, String why) {
        assertThatThrownBy(() -> cipher.open(serviceId, reference, sealed))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("s3cr3t");
    }
}
