"""Another stack's client: everything through zeep's own calls, from the WSDL alone.

zeep_client.py WSDL SYSTEM SECRET PACKAGE RECIPIENT RECIPIENT_SECRET [CERTIFICATE KEY]
Prints one JSON object of what it saw.
"""
import hashlib
import json
import sys
from datetime import datetime, timezone

import zeep
from requests import Session
from requests.auth import HTTPBasicAuth
from zeep.transports import Transport
from zeep.wsse.signature import BinarySignature
from zeep.wsse.username import UsernameToken

wsdl, system, secret, path, recipient, recipient_secret = sys.argv[1:7]
package = open(path, "rb").read()
seen = {}


def basic(name, password, port):
    session = Session()
    session.auth = HTTPBasicAuth(name, password)
    return zeep.Client(wsdl, transport=Transport(session=session), port_name=port).service


def token(name, password, port, **more):
    return zeep.Client(wsdl, wsse=UsernameToken(name, password, **more), port_name=port).service


sent = basic(system, secret, "Soap11").SendDocument(Package=package)
seen["docId"], seen["receiptId"] = sent.DocId, sent.ReceiptId
seen["repeated12"] = basic(system, secret, "Soap12").SendDocument(Package=package).Repeated
seen["repeatedText"] = token(system, secret, "Soap11").SendDocument(Package=package).Repeated
seen["repeatedDigest"] = token(system, secret, "Soap12", use_digest=True).SendDocument(Package=package).Repeated

theirs = basic(recipient, recipient_secret, "Soap12")
items = theirs.ListInbox(Kind="document").Item
item = next(i for i in items if bytes(i.Digest, "ascii") == hashlib.sha256(package).hexdigest().encode())
got = theirs.GetDocument(ItemId=item.ItemId)
seen["sameBytes"] = got.Package == package
seen["recorded"] = theirs.ConfirmReceived(ItemId=item.ItemId, Result="done").Recorded
theirs.ReportStatus(ItemId=item.ItemId, Code="03", At=datetime(2024, 1, 6, 2, 0, tzinfo=timezone.utc), StaffName="Nguyễn Văn Mẫu")
status = basic(system, secret, "Soap11").GetStatus(DocId=sent.DocId)[0]
seen["statuses"] = sorted(s.Code for s in status.Status)
seen["receipt"] = json.loads(basic(system, secret, "Soap11").GetReceipt(ReceiptId=sent.ReceiptId))["format"]
seen["entries"] = len(basic(system, secret, "Soap12").GetDirectory(Limit=3).Entry)

for port in ("Soap11", "Soap12"):
    try:
        theirs_or_nobody = basic(system, secret, port).GetDocument(ItemId="nothing")
    except zeep.exceptions.Fault as fault:
        detail = fault.detail
        code = detail.find(".//{urn:docexchange:soap:1}Code")
        seen["fault" + port] = code.text

if len(sys.argv) > 8:
    import xmlsec
    from zeep.wsse import utils

    class Stamped(BinarySignature):
        """zeep signs a Timestamp only if somebody put one there."""

        def apply(self, envelope, headers):
            security = utils.get_security_header(envelope)
            created = datetime.now(timezone.utc)
            security.append(utils.WSU.Timestamp(utils.WSU.Created(created.strftime("%Y-%m-%dT%H:%M:%SZ"))))
            return super().apply(envelope, headers)

        def verify(self, envelope):
            return envelope

    signature = Stamped(sys.argv[8], sys.argv[7], signature_method=xmlsec.Transform.RSA_SHA256, digest_method=xmlsec.Transform.SHA256)
    for port in ("Soap11", "Soap12"):
        signed = zeep.Client(wsdl, wsse=signature, port_name=port).service
        seen["signed" + port] = signed.SendDocument(Package=package).Repeated

print(json.dumps(seen))
