filedesc://a.arc 127.0.0.1 20250503080000 text/plain 6
abcde

http://nova.example/a b 127.0.0.1 20250503080000 text/html 181
HTTP/1.1 200 OK
Content-Type: text/html

<!doctype html><html><head><title>Ferry</title></head><body><p>The ferry of Nova stops in May, the port said on Friday.</p></body></html>
