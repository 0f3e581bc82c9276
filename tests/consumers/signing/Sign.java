import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

public final class Sign {
    /** The signature of a request for a token. {@code timestamp} is the timestamp of the same request. */
    public static String sign(String accessKey, String secretKey, long timestamp)
            throws NoSuchAlgorithmException {
        byte[] text = (accessKey + secretKey + timestamp).getBytes(StandardCharsets.UTF_8);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
        return HexFormat.of().formatHex(digest);
    }

    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        String accessKey = System.getenv("FACE_SEARCH_ENROLL_ACCESS_KEY");
        String secretKey = System.getenv("FACE_SEARCH_ENROLL_SECRET_KEY");
        System.out.println(sign(accessKey, secretKey, Long.parseLong(arguments[0])));
    }
}
