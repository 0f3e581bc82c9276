package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strconv"
)

// sign returns the signature of a request for a token. timestamp is the timestamp of the same request.
func sign(accessKey, secretKey string, timestamp int64) string {
	text := accessKey + secretKey + strconv.FormatInt(timestamp, 10)
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
}

func main() {
	timestamp, err := strconv.ParseInt(os.Args[1], 10, 64)
	if err != nil {
		panic(err)
	}
	fmt.Println(sign(os.Getenv("FACE_SEARCH_ENROLL_ACCESS_KEY"), os.Getenv("FACE_SEARCH_ENROLL_SECRET_KEY"), timestamp))
}
