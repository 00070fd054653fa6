import client.DocExchange;
import client.Exchange;
import client.Item;
import client.Problem_Exception;
import java.io.InputStream;
import java.net.URL;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.activation.DataHandler;
import javax.activation.FileDataSource;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.Holder;
import javax.xml.ws.soap.MTOMFeature;

/** Another stack's client, made by wsimport from the WSDL alone; packages travel as MTOM both ways. WSDL SYSTEM SECRET PACKAGE RECIPIENT RECIPIENT_SECRET */
public final class JavaClient {
    public static void main(String[] args) throws Exception {
        FileDataSource file = new FileDataSource(args[3]);
        byte[] digest = digest(file.getInputStream());
        System.out.println("first=" + send(port(args[0], args[1], args[2]), file));
        System.out.println("second=" + send(port(args[0], args[1], args[2]), file));
        Exchange theirs = port(args[0], args[4], args[5]);
        Holder<List<Item>> items = new Holder<>();
        theirs.listInbox(null, null, null, items, new Holder<>());
        for (Item item : items.value) {
            if (!Arrays.equals(item.getDigest(), digest)) continue;
            Holder<DataHandler> content = new Holder<>();
            theirs.getDocument(item.getItemId(), new Holder<>(), new Holder<>(), content);
            System.out.println("sameBytes=" + Arrays.equals(digest(content.value.getInputStream()), digest));
        }
        try {
            theirs.getReceipt("nothing", null);
        } catch (Problem_Exception refused) {
            System.out.println("fault=" + refused.getFaultInfo().getCode());
        }
    }

    private static boolean send(Exchange port, FileDataSource file) throws Exception {
        Holder<Boolean> repeated = new Holder<>();
        port.sendDocument(null, null, null, new DataHandler(file), new Holder<>(), new Holder<>(), repeated, new Holder<>());
        return repeated.value;
    }

    private static Exchange port(String wsdl, String system, String secret) throws Exception {
        Exchange port = new DocExchange(new URL(wsdl)).getSoap11(new MTOMFeature());
        ((BindingProvider) port).getRequestContext().put(BindingProvider.USERNAME_PROPERTY, system);
        ((BindingProvider) port).getRequestContext().put(BindingProvider.PASSWORD_PROPERTY, secret);
        return port;
    }

    private static byte[] digest(InputStream content) throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[65536];
        for (int read; (read = content.read(buffer)) > 0;) hash.update(buffer, 0, read);
        return hash.digest();
    }
}
